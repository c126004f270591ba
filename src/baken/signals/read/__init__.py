"""Files that firms have, read into series and bookings: nothing is guessed, nothing is lost."""
