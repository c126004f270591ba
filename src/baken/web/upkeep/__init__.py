"""What keeps a site in order: back-up and restore, and throwing away what is over its time."""
