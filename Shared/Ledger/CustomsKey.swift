/// Whether goods come in or go out by a pedimento (Data Stage: 1 import, 2 export).
public enum Operation: String, Codable, Sendable {
  case `import`
  case export
}

/// What a pedimento's lines do to the books (Rules.md#R3.1).
public enum DocumentEffect: Sendable {
  /// Every line opens a lot.
  case opens
  /// Every line is a demand.
  case discharges
  /// No quantity effect: kept and listed, with or without lines and quantities.
  case none

  /// The effect of a clave in an operation; R1 has its original's and is resolved before.
  public static func of(clave: String, operation: Operation) -> DocumentEffect {
    switch (operation, clave) {
    case (.import, "IN"), (.import, "AF"), (.import, "E1"), (.import, "E2"), (.import, "E3"),
      (.import, "E4"), (.import, "V1"):
      .opens
    case (.export, "V1"), (.export, "RT"), (.export, "BB"), (.export, "V5"), (.export, "V9"),
      (.import, "F4"), (.import, "F5"), (.import, "A3"):
      .discharges
    default: .none
    }
  }
}
