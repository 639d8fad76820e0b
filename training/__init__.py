"""How the adapter was made, end to end: labels to examples to weights. See README.md."""
