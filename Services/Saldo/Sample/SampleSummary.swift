/// What was written, counted.
public struct SampleSummary: Sendable, Equatable {
  /// Lots, demands and stock events: `days` times `movementsPerDay`, repeats not counted.
  public var movements = 0
  /// Events in the stream, repeats included. Of `write`, only those in its two NDJSON files.
  public var events = 0
  /// Bytes of those events, a newline each included.
  public var bytes = 0
  /// Events in the stream by type, repeats included.
  public var eventsByType: [String: Int] = [:]
  /// Stock events by kind, repeats not counted.
  public var stockByKind: [String: Int] = [:]
  /// Pedimentos by clave, without those of `desistedOrReserved`.
  public var pedimentosByClave: [String: Int] = [:]
  /// Pedimentos that count for some rule or other; those desisted or reserved are not among them.
  public var pedimentos = 0
  /// Pedimentos of type 7 and 8, which stand in the ZIP only.
  public var desistedOrReserved = 0
  /// Lines of the pedimentos, one per part within a partida.
  public var lines = 0
  /// Lines exploded with a bill of materials.
  public var explodedLines = 0
  /// Components that those lines ask for.
  public var explodedComponents = 0
  /// Destruction acts.
  public var acts = 0
  /// Notices of destruction, before acts that destroy scrap.
  public var notices = 0
  /// Lines of pedimentos and acts that dispose of scrap, rectifications not counted.
  public var disposals = 0
  /// Of those, the lines that ask for more scrap than there is.
  public var disposalsBeyond = 0
  /// Events that arrived late or a second time.
  public var late = 0
  /// Events that arrived a second time.
  public var repeated = 0
  /// Paths of the files written, in the order in which they are best loaded. Empty for a stream.
  public var files: [String] = []
}
