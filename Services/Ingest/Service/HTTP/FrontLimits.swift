/// What posts may cost, in one place: each is bounded, and all of them together are.
///
/// What connections may cost is in `ServerLimits`.
public struct FrontLimits: Sendable, Equatable {
  /// The longest event, in bytes; of a longer one the beginning is kept, which intake rejects. A
  /// pedimento of ten thousand lines is shorter, and a record of Kafka may have 10 MiB at most.
  public var event = 4 << 20
  /// The most events of one post that intake will reject; the next one ends the post. Each is kept
  /// whole in several places, so that a few megabytes of nonsense would become gigabytes.
  public var faults = 10_000
  /// The most events, and about the most bytes of them, that are appended to the log at a time. A
  /// step of intake takes what was appended together as a whole.
  public var batchEvents = 20_000
  /// About the most bytes that are appended to the log at a time.
  public var batchBytes = 4 << 20
  /// The bytes that a post may hold before they count: what came last, and small events.
  public var freeBytes = 128 << 10
  /// The most bytes beyond those that all posts hold together; a post that finds none left sends on
  /// what it has, and one whose single event finds none is answered with 503.
  public var heldBytes = 64 << 20

  /// The largest file that has to be on disk as a whole before it is read (a ZIP, partes.csv), in
  /// bytes; a larger one is answered with 413. Events are streamed and have no limit.
  public var file: Int64 = 1 << 30
  /// The most such files in hand at a time; a further one is answered with 503.
  public var uploads = 8
  /// The most bytes of such files on disk at a time; one that does not fit beside the others is
  /// answered with 507.
  public var uploadBytes: Int64 = 4 << 30
  /// The bytes of the disk that uploads leave free for the books, of a small disk a tenth; one that
  /// would take of them is answered with 507.
  public var spareBytes: Int64 = 1 << 30
  /// How many such files are read at a time, the others wait: a Data Stage is in memory as a whole.
  public var filesAtOnce = 2

  /// The defaults.
  public init() {}
}
