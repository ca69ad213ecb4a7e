"""The tree of a module without white space: LibCST's own nodes, filled from CPython's tree.

CPython parses in a tenth of the time that LibCST takes, most of whose tree is white space and
punctuation, at which no analysis looks. What CPython does not keep is read in the text. What is
too rare to be read here is left to LibCST: a string in pieces, or the module.

Nodes hold the fields that `walk` visits, and those that say what a node means (`star`, `operator`,
`asynchronous`, `relative`). To read another field is an error, not an answer.
"""
