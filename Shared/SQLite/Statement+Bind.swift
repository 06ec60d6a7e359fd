// The compiler does not unroll packs (Swift 6.3): a value of a pack is copied and bound by way of
// its type's tables, some 30 ns each. These do the same for as many values as the statements of the
// hot path have, and can go when it does.
extension Statement {
  /// Gives 1 parameter a value.
  @inlinable @inline(__always)
  public func bind<A: BindableValue>(_ a: A) throws(SQLiteError) -> BoundStatement {
    try BoundStatement(self).and(a)
  }

  /// Gives 2 parameters a value.
  @inlinable @inline(__always)
  public func bind<A: BindableValue, B: BindableValue>(_ a: A, _ b: B) throws(SQLiteError)
    -> BoundStatement
  {
    try bind(a).and(b)
  }

  /// Gives 3 parameters a value.
  @inlinable @inline(__always)
  public func bind<A: BindableValue, B: BindableValue, C: BindableValue>(_ a: A, _ b: B, _ c: C)
    throws(SQLiteError) -> BoundStatement
  {
    try bind(a, b).and(c)
  }

  /// Gives 4 parameters a value.
  @inlinable @inline(__always)
  public func bind<A: BindableValue, B: BindableValue, C: BindableValue, D: BindableValue>(
    _ a: A, _ b: B, _ c: C, _ d: D
  ) throws(SQLiteError) -> BoundStatement {
    try bind(a, b, c).and(d)
  }

  /// Gives 5 parameters a value.
  @inlinable @inline(__always)
  public func bind<
    A: BindableValue, B: BindableValue, C: BindableValue, D: BindableValue, E: BindableValue
  >(_ a: A, _ b: B, _ c: C, _ d: D, _ e: E) throws(SQLiteError) -> BoundStatement {
    try bind(a, b, c, d).and(e)
  }

  /// Gives 6 parameters a value.
  @inlinable @inline(__always)
  public func bind<
    A: BindableValue, B: BindableValue, C: BindableValue, D: BindableValue, E: BindableValue,
    F: BindableValue
  >(_ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F) throws(SQLiteError) -> BoundStatement {
    try bind(a, b, c, d, e).and(f)
  }

  /// Gives 7 parameters a value.
  @inlinable @inline(__always)
  public func bind<
    A: BindableValue, B: BindableValue, C: BindableValue, D: BindableValue, E: BindableValue,
    F: BindableValue, G: BindableValue
  >(_ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G) throws(SQLiteError) -> BoundStatement {
    try bind(a, b, c, d, e, f).and(g)
  }

  /// Gives 8 parameters a value.
  @inlinable @inline(__always)
  public func bind<
    A: BindableValue, B: BindableValue, C: BindableValue, D: BindableValue, E: BindableValue,
    F: BindableValue, G: BindableValue, H: BindableValue
  >(_ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G, _ h: H) throws(SQLiteError)
    -> BoundStatement
  {
    try bind(a, b, c, d, e, f, g).and(h)
  }

  /// Gives 9 parameters a value.
  @inlinable @inline(__always)
  public func bind<
    A: BindableValue, B: BindableValue, C: BindableValue, D: BindableValue, E: BindableValue,
    F: BindableValue, G: BindableValue, H: BindableValue, I: BindableValue
  >(_ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G, _ h: H, _ i: I) throws(SQLiteError)
    -> BoundStatement
  {
    try bind(a, b, c, d, e, f, g, h).and(i)
  }

  /// Gives 10 parameters a value.
  @inlinable @inline(__always)
  public func bind<
    A: BindableValue, B: BindableValue, C: BindableValue, D: BindableValue, E: BindableValue,
    F: BindableValue, G: BindableValue, H: BindableValue, I: BindableValue, J: BindableValue
  >(_ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G, _ h: H, _ i: I, _ j: J)
    throws(SQLiteError) -> BoundStatement
  {
    try bind(a, b, c, d, e, f, g, h, i).and(j)
  }

  /// Gives 11 parameters a value.
  @inlinable @inline(__always)
  public func bind<
    A: BindableValue, B: BindableValue, C: BindableValue, D: BindableValue, E: BindableValue,
    F: BindableValue, G: BindableValue, H: BindableValue, I: BindableValue, J: BindableValue,
    K: BindableValue
  >(_ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G, _ h: H, _ i: I, _ j: J, _ k: K)
    throws(SQLiteError) -> BoundStatement
  {
    try bind(a, b, c, d, e, f, g, h, i, j).and(k)
  }

  /// Gives 12 parameters a value.
  @inlinable @inline(__always)
  public func bind<
    A: BindableValue, B: BindableValue, C: BindableValue, D: BindableValue, E: BindableValue,
    F: BindableValue, G: BindableValue, H: BindableValue, I: BindableValue, J: BindableValue,
    K: BindableValue, L: BindableValue
  >(_ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G, _ h: H, _ i: I, _ j: J, _ k: K, _ l: L)
    throws(SQLiteError) -> BoundStatement
  {
    try bind(a, b, c, d, e, f, g, h, i, j, k).and(l)
  }

  /// Gives 13 parameters a value.
  @inlinable @inline(__always)
  public func bind<
    A: BindableValue, B: BindableValue, C: BindableValue, D: BindableValue, E: BindableValue,
    F: BindableValue, G: BindableValue, H: BindableValue, I: BindableValue, J: BindableValue,
    K: BindableValue, L: BindableValue, M: BindableValue
  >(
    _ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G, _ h: H, _ i: I, _ j: J, _ k: K, _ l: L,
    _ m: M
  ) throws(SQLiteError) -> BoundStatement {
    try bind(a, b, c, d, e, f, g, h, i, j, k, l).and(m)
  }

  /// Gives 14 parameters a value.
  @inlinable @inline(__always)
  public func bind<
    A: BindableValue, B: BindableValue, C: BindableValue, D: BindableValue, E: BindableValue,
    F: BindableValue, G: BindableValue, H: BindableValue, I: BindableValue, J: BindableValue,
    K: BindableValue, L: BindableValue, M: BindableValue, N: BindableValue
  >(
    _ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G, _ h: H, _ i: I, _ j: J, _ k: K, _ l: L,
    _ m: M, _ n: N
  ) throws(SQLiteError) -> BoundStatement {
    try bind(a, b, c, d, e, f, g, h, i, j, k, l, m).and(n)
  }

  /// Gives 15 parameters a value.
  @inlinable @inline(__always)
  public func bind<
    A: BindableValue, B: BindableValue, C: BindableValue, D: BindableValue, E: BindableValue,
    F: BindableValue, G: BindableValue, H: BindableValue, I: BindableValue, J: BindableValue,
    K: BindableValue, L: BindableValue, M: BindableValue, N: BindableValue, O: BindableValue
  >(
    _ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G, _ h: H, _ i: I, _ j: J, _ k: K, _ l: L,
    _ m: M, _ n: N, _ o: O
  ) throws(SQLiteError) -> BoundStatement {
    try bind(a, b, c, d, e, f, g, h, i, j, k, l, m, n).and(o)
  }

  /// Gives 16 parameters a value.
  @inlinable @inline(__always)
  public func bind<
    A: BindableValue, B: BindableValue, C: BindableValue, D: BindableValue, E: BindableValue,
    F: BindableValue, G: BindableValue, H: BindableValue, I: BindableValue, J: BindableValue,
    K: BindableValue, L: BindableValue, M: BindableValue, N: BindableValue, O: BindableValue,
    P: BindableValue
  >(
    _ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G, _ h: H, _ i: I, _ j: J, _ k: K, _ l: L,
    _ m: M, _ n: N, _ o: O, _ p: P
  ) throws(SQLiteError) -> BoundStatement {
    try bind(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o).and(p)
  }
}
