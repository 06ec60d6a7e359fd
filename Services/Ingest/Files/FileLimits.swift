/// What a file may cost before it is refused or cut short.
public struct FileLimits: Sendable, Equatable {
  /// The bytes that are read of a file at a time.
  public var chunk = 1 << 20
  /// The longest event, in bytes. Of a longer one only the first ``keptOfTooLong`` bytes are
  /// passed, which intake rejects as malformed.
  public var maxLine = 16 << 20
  /// The bytes that are kept of a line that is too long.
  public var keptOfTooLong = 64 << 10
  /// The longest row of partes, in bytes; beyond it an open quote counts as never closed.
  public var maxRow = 64 << 10
  /// The most bytes of bills of materials that are held until a spreadsheet of them is read.
  public var maxBills = 512 << 20
  /// The most members of a ZIP.
  public var maxMembers = 10_000
  /// The most bytes of a ZIP's members together. Each is held to the size that it declares.
  public var maxUncompressed: Int64 = 2 << 30
  /// The most that a ZIP may grow, as a multiple of its own size...
  public var maxRatio: Int64 = 200
  /// ...once its members are larger than this together, in bytes.
  public var ratioFloor: Int64 = 64 << 20

  /// The defaults.
  public init() {}
}
