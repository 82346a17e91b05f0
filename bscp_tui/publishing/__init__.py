"""Pages for scrutineers: a static web site of a register's records and their history, made from its commits alone."""
