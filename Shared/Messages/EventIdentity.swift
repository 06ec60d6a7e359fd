/// What makes an event the same event (Rules.md#R3.4).
public enum EventIdentity {
  /// A fingerprint of source and id: to share facts out among partitions, and what stores of
  /// earlier versions know them by. Two names may have one, and whoever likes can find such.
  public static func fingerprint(source: String, id: String) -> UInt64 {
    Fingerprint.mix(Fingerprint.of(source) &* 3 &+ Fingerprint.of(id))
  }
}
