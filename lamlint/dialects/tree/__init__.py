"""Documents as trees that know where each part stands."""
