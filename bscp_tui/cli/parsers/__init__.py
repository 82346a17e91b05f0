"""What may be written behind each command; a family of commands is loaded when one of them is asked for."""
