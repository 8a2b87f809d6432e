"""How answers do in service, week by week."""
