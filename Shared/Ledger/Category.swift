/// The fractions of article 108 of the Ley Aduanera that a part falls under.
public enum Category: String, Codable, Sendable, CaseIterable {
  /// Materials, packaging, consumables.
  case materials = "108-I"
  /// Containers and trailer boxes.
  case containers = "108-II"
  /// Machinery, tools, moulds.
  case machinery = "108-III"
}

/// What a part number stands for.
public enum PartKind: String, Codable, Sendable, CaseIterable {
  case material
  case product
  case asset
}
