"""Floor 7: the site. A Django project that asks, calls the engine and shows the answer."""
