"""Persons and organisations in running text: found, put into the nominative, told apart."""
