"""desk is the web application: the help center for customers and the desk for staff."""
