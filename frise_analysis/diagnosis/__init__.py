"""What is installed, on which machine, with which store, and what is wrong with it."""
