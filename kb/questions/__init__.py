"""Questions asked, the answers given or not given, and what readers said of them."""
