/// Where a run's facts go: one stream, or a folder of files.
protocol SampleSink: AnyObject {
  /// Whether pedimentos are wanted as events rather than as documents.
  var takesPedimentoEvents: Bool { get }
  /// One event, in order of arrival.
  func event(_ kind: EventKind, _ bytes: UnsafeRawBufferPointer) throws
  /// One pedimento, in order of payment.
  func document(_ document: SampleDocument) throws
  /// A pedimento desisted (7) or reserved (8), which customs knows and the company does not book.
  func unbooked(_ document: SampleDocument, type: Int) throws
}
