"""How words are read and weighed: the data (`*.yaml`) and what reads it. Pure: text in, words out; no database."""
