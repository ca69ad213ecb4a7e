"""Python's syntax, as a table of texts."""

SYNTAX = (
    "",
    "# only a comment\n",
    '"""What it is."""\n\n\nx = 1  # one\n',
    # names and literals
    "a; a.b; (a).b; ((a)).b; True; False; None; ...\n",
    "1; 1.0; 1j; 0x1F; 1_000; 1e5; 0o7; 0b1; -1; - 1\n",
    "'a'; \"a\"; '''a'''; \"\"\"a\"\"\"; b'a'; r'\\a'; rb'a'; u'a'; ''; \"\"\n",
    "'a' 'b'; ('a'\n  'b'); b'a' b'b'; '' ''; '''a''' '''b'''; '\"' \"'\"; \"\\\"\"; \"\"\"\"a\"\"\"\n",
    "'it' \"is\"; \"'a'\" 'b'; 'a' # 'b'\n",
    "x = ('a'  # one\n     'b'  # two\n     f'{c}')\n",
    "f'a{b}c'; f'{a!r:>{w}}'; f'a' 'b'; f'{a=}'; f'{{}}'; f'{a + 1:x}'; F'{a[\"b\"]}'; rf'\\{a}'\n",
    "f'''a {\n  b\n} c'''\n",
    "f'{f\"{a}\"}'\n",
    # not of one byte
    "x = 'é'; y = f'é{a}ü' + b; 'é' + a; '😀', a\n",
    'x = """\né""" + y; z = a\n',
    # parentheses
    "(a); ((a)); (a, b); ((a), b); ((a), (b)); (a,); ((a),); (); (\n  a,\n  b,\n)\n",
    "x = 1,; y = a, *b; z = (a # one\n , b)\n",
    "[]; [a]; [a, *b]; [(a), (b)]; {a}; {a, *b}; {}; {a: b}; {**a, 'b': c, **d}; {(a): (b)}\n",
    "a[b]; a[(b)]; a[b, c]; a[(b, c)]; a[(b), c]; a[b, (c)]; a[(b), (c)]; a[()]; a[(b,)]; a[b,]\n",
    "a[:]; a[b:]; a[:b]; a[b:c:d]; a[::b]; a[b : c]; a[b:c, ::d]; a[b][c]; a[b :]; a[b:=c]\n",
    "a[*b]; a[*b, c]; a[c, *b]\n",
    # operators
    "a + b - c * d / e // f % g ** h << i >> j & k | l ^ m @ n\n",
    "-a; +a; ~a; not a; not not a; - (a); not(a)\n",
    "a < b <= c == d != e > f >= g is h is not i in j not in k\n",
    "(a) < (b) == (c)\n",
    "a and b; a or b; a and b and c or d or e and not f; (a and b) and c; a and (b and c)\n",
    "a if b else c; a if b else c if d else e; (a) if (b) else (c)\n",
    # calls
    "f(); f(a); f(a, b); f((a)); f(a, b=c); f(a, b = (c)); f( a , ); f(a)(b)(c); f(\n  a,  # one\n)\n",
    "f(*a); f(**a); f(a, *b, c=d, **e); f(a=b, *c); f(a=b, *c, d=e, **g); f(* a, ** b)\n",
    "f(x for x in y); f((x for x in y)); f( x for x in y ); f(x for x in (y)); f((a := 1), b)\n",
    "a.b(c).d[e].f(g)(h); (a)(b); (a.b)(c); a . b; a \\\n .b\n",
    # comprehensions and functions without a name
    "[x for x in y]; {x for x in y}; {x: y for x, y in z}; (x for x in y); [x for x, in y]\n",
    "[x for x in y if z if w for v in u if t]; [(x) for (x) in (y) if (z)]\n",
    "lambda: 0; lambda a: a; lambda a, b=1, *c, d, e=2, **f: (yield); lambda *, a: a\n",
    "lambda a, /, b: a; (lambda a: a)(b); lambda *a: a; lambda **a: a; lambda a=(b): (a)\n",
    # statements that hold no others
    "a = b; a = b = c; a, b = c; a, *b = c; (a, b), [c, d] = e; *a, = b; (a) = b; a.b = c[d] = e\n",
    "a: b; a: b = c; a.b: 'c' = d; a[b]: c\n",
    "a += b; a -= b; a *= b; a /= b; a //= b; a %= b; a **= b; a @= b\n",
    "a &= b; a |= b; a ^= b; a <<= b; a >>= b\n",
    "del a; del a, b; del (a, b); del (a), b; del (a), (b); del a.b, c[d]; del [a, b]; del (a)\n",
    "raise; raise a; raise a from b; raise (a) from (b); assert a; assert a, b; assert (a), (b)\n",
    "pass; break; continue; global a; global a, b; nonlocal c\n",
    "return; return a; return a, b; return *a, b; return (\n  a)\n",
    "a = 1;\nb = 2\n",
    "a = 1 ; b = 2 ;\nc # d; e\nf\n",
    "a = 1; \\\nb = 2\n",
    # modules and their members
    "import a; import a.b.c; import a as b; import a.b as c, d\n",
    "from a import b; from a.b import c as d, e; from . import f; from .. import g\n",
    "from ...h.i import (j, k as l,); from m import *; from .n import *; from . o import p\n",
    # statements that hold others
    "if a: b\nelif c: d\nelse: e\n",
    "if a:\n  b\nelif c:\n  d\nelse:\n  e\n",
    "if a:\n  b\nelse:\n  if c:\n    d\n  elif e:\n    f\n",
    "if a:\n  b\nelse:\n  if c: d\n  e\n",
    "if a: b; c;\nif (a): (b)\nif a:\n\tb\n\tif c:\n\t\td;\n",
    "while a: b\nelse: c\nwhile (a):\n  b\n",
    "for a in b: c\nfor a, b in c: d\nfor (a, b) in c:\n  d\nelse:\n  e\nfor a in b, c: d\n",
    "for a in *b, c: d\n",
    "with a: b\nwith a as b: c\nwith a, b as c: d\nwith a as (b, c), d as [e, f]: g\nwith (a, b) as c: d\n",
    "with (a): b\nwith (a, b): c\nwith (a as b): c\nwith (\n  a as b,\n  c as d,\n):\n  e\nwith (a), (b): c\n",
    "try: a\nexcept: b\ntry:\n  a\nexcept b as c:\n  d\nexcept (e, f):\n  g\nelse:\n  h\nfinally:\n  i\n",
    "try: a\nfinally: b\n",
    "try: a\nexcept* b as c: d\n",
    # functions and classes
    "def f(): pass\ndef f(a, b: c = d, *e: f, g, h=1, **i: j) -> k: l\n",
    "def f(a, /): pass\ndef f(a, /, b, *, c): pass\ndef f(*, a): pass\ndef f(*a): pass\ndef f(**a): pass\n",
    "def f(\n  a,  # one\n  b=(1),\n  *,\n  c,\n):\n  '''What it does.'''\n\n  a\n  # last\n",
    "def f(*a: *b): pass\n",
    "@a\ndef f(): pass\n@a.b(c)\n@ d\nclass A:\n  @e\n  # between\n\n  def g(self): pass\n",
    "class A: pass\nclass A(): pass\nclass A(B, C): pass\nclass A(B, metaclass=C, **D): x = 1; y = 2\n",
    "class A(*B, C):\n  a: int\n\n  def f(self): return a; b\n",
    "async def f():\n  await a; await (b)\n  return await c + await d\n",
    "async def f():\n  async with a as b, c: pass\n  async for d in e: pass\n  else: pass\n",
    "async def f():\n  return [a async for b in c if d async for e in f]\n",
    "async  def f(): pass\n",
    "def f():\n  yield; yield a; x = yield a, b; y = yield from c; z = (yield)\n",
    "def f():\n  if (n := len(a)) > 1: return (m := n)\n",
    # match
    "match a:\n  case 1 | -1 | 1+2j | -1-2j: b\n  case 'a' 'b': b\n  case None | True: b\n  case c.d: b\n",
    "match a, b:\n  case [x, *_]: c\n  case (x, *y): c\n  case x, y: c\n  case [x], y: c\n  case _: c\n",
    "match (a):\n  case [[x], y]: c\n  case (x): c\n  case ((x, y)): c\n  case (x), y: c\n  case [(x), y]: c\n",
    "match a:\n  case []: c\n  case (): c\n  case (x,): c\n  case x,: c\n  case *x, y: c\n  case [*_]: c\n",
    "match a:\n  case {}: b\n  case {'a': 1, c.d: x, **rest}: b\n  case {-1: x, None: {'y': [z]}} if z > 1: b\n",
    "match a:\n  case A(): b\n  case A(1, x, k=2, l=[y]): b\n  case a.B(k=_,): b\n",
    "match a:\n  case (1 | 2) as x: b\n  case str() | int() as y:\n    b\n  case z if z: b\n",
    "match = case = type = 1; match(case)\n",
    # what only some interpreters take
    "f'{a['b']}'; f'{'\\n'.join(a)}'\n",
    # what says nothing
    "if a:\n  # first\n  b  # \\\n  c\n\n\n  # last\n# behind\nd\n",
    "a\f\n",
    "x = 1",
    "def f():\n    return 1",
)
"""What is read without LibCST."""

LEFT_TO_LIBCST = (
    "é = 1\n",
    "f(é=1)\n",
    "del a,\n",
    "if a: \\\n  b\n",
    "if a:\n  # \\\n  b\n",
    "x[(a # one\n), b]\n",
    "print 'a'\n",
    "a = (\n",
    "\ufeffa = 1\n",
    "a\0b\n",
    "x = " + "+".join("a" * 3000) + "\n",
    "def f[T](a: T) -> T: pass\n",
    "class A[T: int, *U, **P]: pass\n",
    "type A[T] = list[T]\n",
    "class A[T = int]: pass\n",
)
"""What LibCST reads, or refuses, as ever."""

REFUSED_BY_LIBCST = (
    "(a): int = 1\n",
    "class A(B, metaclass=C, *D): pass\n",
)
"""What CPython takes, and LibCST does not."""
