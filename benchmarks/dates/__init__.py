"""Date expressions in sentences, with the dates that a careful reader gives them."""
