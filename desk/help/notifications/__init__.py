"""What a customer is written about their case: switched on and off, confirmed, ended."""
