"""evals measure: is the right article found, is the answer honest, is it better than before."""
