"""A promise held against the clauses of the contract."""
