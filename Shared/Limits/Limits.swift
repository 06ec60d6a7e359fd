/// How large things may be, in one place, so that what one part lets through the next one takes.
///
/// ``broken`` are the relations between them that do not hold: none, which a test holds them to.
public enum Limits {
  // MARK: Messages, from what comes in to what the log takes, in bytes

  /// An event, as HTTP, files and producers send it: some thirty thousand lines of a pedimento.
  public static let inboundEvent = 8 << 20
  /// The value of a message between stages. Documents are forwarded as the events that they came
  /// as; what is derived has pages and parts.
  public static let message = 9 << 20
  /// A record with its key and headers. Brokers are told, and their topics (`max.message.bytes`).
  public static let logRecord = 10 << 20
  /// What a key, headers, and what surrounds them may come to.
  public static let envelope = 256 << 10

  // MARK: Reading and steps

  /// Records that a stage takes at once.
  public static let batchRecords = 5_000
  /// Bytes of records that a stage takes at once; one record may be larger.
  public static let batchBytes = 8 << 20
  /// Bytes of messages and of what the store gets, behind which a step is committed before the next
  /// of its inputs. What one input makes is not cut.
  public static let step = 16 << 20

  // MARK: Rows

  /// A row of an outbox, of the log or of the books' journal; one record may be larger.
  public static let row = 1 << 20
  /// The longest text or blob that SQLite stores.
  public static let storedValue = 1_000_000_000
  /// Lots, demands, postings and the like in one message of the ledger.
  public static let ledgerItems = 1_000

  /// What of this contradicts itself.
  public static var broken: [String] {
    let relations: [(String, Bool)] = [
      ("an event fits a message", inboundEvent + envelope <= message),
      ("a message fits a record of the log", message + envelope <= logRecord),
      ("a record of the log fits a row", logRecord + row <= storedValue),
      ("a batch holds an event", inboundEvent <= batchBytes),
      ("a step holds what a batch forwards", batchBytes + message <= step + row),
      ("a step is more than a row", row < step),
      // An item has some texts of up to 300 letters, of up to six bytes each.
      ("a message of the ledger fits", ledgerItems * 8_192 <= message),
    ]
    return relations.filter { !$0.1 }.map(\.0)
  }
}
