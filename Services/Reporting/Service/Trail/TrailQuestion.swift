import Ledger

/// What a trail is asked of.
public struct TrailQuestion: Sendable, Equatable {
  /// Which way it goes first.
  public enum Direction: String, Sendable {
    /// From a line of an exit to the entries that it drew on.
    case exit = "salida"
    /// From an entry line to everything that drew on it.
    case entry = "entrada"
  }

  /// Which way it goes.
  public var direction: Direction
  /// The pedimento or act of the exit, or the pedimento of the entry.
  public var document: String
  /// The line there; nil for all of the document.
  public var line: Int32?
  /// The part, of what was exploded the component; nil for all.
  public var part: String?
  /// The plant; nil for all.
  public var plant: String?
  /// How many rows a table has at most.
  public var limit: Int

  /// How many rows a table has at most, where nothing else is asked for.
  public static let limit = 1_000
  /// How many may be asked for.
  public static let greatestLimit = 10_000
  /// How many moves and transfers are followed one behind the other.
  public static let steps: Int32 = 64

  /// - Parameter limit: at least 1, at most ``greatestLimit``.
  public init(
    _ direction: Direction, of document: String, line: Int32? = nil, part: String? = nil,
    plant: String? = nil, limit: Int = limit
  ) {
    self.direction = direction
    self.document = document
    self.line = line
    self.part = part
    self.plant = plant
    self.limit = min(max(limit, 1), Self.greatestLimit)
  }
}
