/// Where a file's events go, in order.
public protocol InboundSink {
  /// Takes one structured CloudEvent (JSON, no newline); `event` is valid during the call only.
  ///
  /// What a file holds in an event's place is passed as well, whatever it is: intake rejects it
  /// with its text, so that nothing is lost.
  mutating func take(event: UnsafeRawBufferPointer) throws
}
