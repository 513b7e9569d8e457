"""From a question to a page of results: facts in memory, words from the engine, order in whole numbers."""
