import Foundation

/// The time zones that there are.
public enum TimeZones {
  /// Whether a name is that of a zone (IANA).
  public static func isKnown(_ name: String) -> Bool { TimeZone(identifier: name) != nil }
}
