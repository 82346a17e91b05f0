"""Update rounds, their returns, and the step from one plan to the next."""
