/// How records of a source follow the ones before them in a partition: what lets a reader see that
/// some are missing, and tell one log of a source's inputs from another of its name.
public struct SourceLink: Sendable, Equatable {
  /// Which log the inputs are of whose offsets the records name: a checksum of its first record; 0
  /// if it is not known.
  public var epoch: UInt64
  /// The version of the rules that made the records; 0 if it is not known.
  public var rules: UInt32
  /// What the source had sent to this partition before.
  public var previous: Previous

  /// What a source had sent to a partition before a record.
  public enum Previous: Sendable, Equatable {
    /// Not known: a store of an earlier version of this program sent it.
    case unknown
    /// Nothing.
    case nothing
    /// A record, by the offset of the input that made it and its place among that input's outputs.
    case record(input: Int64, ordinal: UInt32)
  }

  /// A link.
  public init(epoch: UInt64 = 0, rules: UInt32 = 0, previous: Previous = .unknown) {
    self.epoch = epoch
    self.rules = rules
    self.previous = previous
  }
}
