"""The rules, a file for each thing that they look at; ``all_rules`` lists them."""
