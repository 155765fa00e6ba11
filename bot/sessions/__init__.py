"""Sessions: what is kept between two turns, and where."""
