"""What is a community's own, laid over what is shipped; pure, and without a database."""
