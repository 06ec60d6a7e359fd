/// What makes an event the same event (RULES, section 3).
public enum EventIdentity {
  /// A fingerprint of source and id.
  public static func fingerprint(source: String, id: String) -> UInt64 {
    Fingerprint.mix(Fingerprint.of(source) &* 3 &+ Fingerprint.of(id))
  }
}
