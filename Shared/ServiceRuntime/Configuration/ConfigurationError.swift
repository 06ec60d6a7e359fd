/// A setting that cannot be used. What was given is told only where it cannot be a secret.
public struct ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Where it was given: an option, an environment variable, a line of a file.
  public var setting: String
  /// What is wrong with it, and what to do.
  public var reason: String

  /// A setting that cannot be used.
  public init(_ setting: String, _ reason: String) {
    self.setting = setting
    self.reason = reason
  }

  public var description: String { "\(setting) \(reason)" }
}
