/// Which rules this program goes by: one number for the whole of what stages make of their inputs,
/// from the check of an event to the pairs of transfers.
///
/// Whoever changes what any stage sends for any input raises it, in the same change, and makes
/// `Tests/AcceptanceTests/Golden` anew: a test compares. What stages sent under an earlier number
/// is then made again, under the new one. A change of what reports say of the same messages is none
/// of the rules: a migration of a read model that empties it is enough.
public enum RulesVersion {
  /// The rules of this program.
  public static let current: UInt32 = 2
}
