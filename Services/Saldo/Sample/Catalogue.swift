import Ledger

/// One part number.
struct SamplePart {
  let code: [UInt8]
  let kind: PartKind
  let category: Category
  let baseUom: Int
  /// Factors in thousandths of the base unit.
  let conversions: [(uom: Int, factor: Int64)]
  let tariffItem: Int
  let nico: Int
  /// Price of one base unit.
  let centavos: Int64
  let noun: Int

  /// Thousandths of the base unit in one `uom`.
  func factor(of uom: Int) -> Int64 {
    for conversion in conversions where conversion.uom == uom { return conversion.factor }
    return 1000
  }
}

/// What one unit of a product takes of a part, in millionths.
struct SampleComponent {
  var part: Int
  var perUnit: Int64
  var waste: Int64
  var scrap: Int64
  var total: Int64 { perUnit + waste + scrap }
}

/// One version of a product's bill of materials.
struct SampleBOM {
  let product: Int
  let version: UInt8
  let from: Int32
  /// Nil for all plants.
  let plant: Int?
  let components: [SampleComponent]
}

struct SamplePlant {
  let code: [UInt8]
  let company: Int
  /// Products made here.
  var products: [Int] = []
  /// What those products take, at any time.
  var materials: [Int] = []
}

struct SampleTaxpayer {
  let rfc: [UInt8]
  let name: String
  let program: [UInt8]
}

/// Everything that the plan's company has before its first day, and its bills of materials for all
/// days. Its size follows from parts and plants only.
struct Catalogue {
  var taxpayers: [SampleTaxpayer] = []
  var plants: [SamplePlant] = []
  var parts: [SamplePart] = []
  /// Sorted by first day, general versions before a plant's own.
  var boms: [SampleBOM] = []
  /// Indices into `boms` by product.
  var versions: [[Int32]] = []
  var products = 0..<0
  var subassemblies = 0..<0
  var materials = 0..<0
  var containers = 0..<0
  var assets = 0..<0

  /// Nouns of descriptions, as a broker would type them.
  static let nouns = [
    "TORNILLO DE ACERO", "ARNÉS ELÉCTRICO", "CARCASA DE ALUMINIO", "RESINA ACRÍLICA",
    "TUBO DE 1/2\" CÉDULA 40", "EMPAQUE & SELLO", "MUÑÓN DE DIRECCIÓN", "CABLE CALIBRE 18",
    "TARJETA ELECTRÓNICA", "PIÑÓN RECTO", "LÁMINA GALVANIZADA", "ETIQUETA IMPRESA",
  ]
  /// Which of the nouns is packaging (identifier EB).
  static let packaging = 5
  static let origins: [StaticString] = ["USA", "CHN", "DEU", "JPN", "KOR", "CAN", "TWN", "VNM"]

  /// The version in force: a plant's own before the general ones, then the latest, then the
  /// greater version.
  func bomInForce(product: Int, plant: Int, day: CalendarDate) -> SampleBOM? {
    var best: SampleBOM?
    for index in versions[product] {
      let bom = boms[Int(index)]
      guard bom.from <= day.days, bom.plant == nil || bom.plant == plant else { continue }
      guard let other = best else {
        best = bom
        continue
      }
      let (mine, theirs) = (bom.plant == nil ? 0 : 1, other.plant == nil ? 0 : 1)
      if (mine, bom.from, bom.version) > (theirs, other.from, other.version) { best = bom }
    }
    return best
  }

  /// Parts and millionths that one unit of a product comes down to on a day, in no order.
  func explode(product: Int, plant: Int, day: CalendarDate) -> [SampleUse] {
    var uses: [SampleUse] = []
    explode(product, Self.one, plant, day, into: &uses)
    return uses
  }

  static let one: Int64 = 1_000_000

  private func explode(
    _ product: Int, _ quantity: Int64, _ plant: Int, _ day: CalendarDate,
    into uses: inout [SampleUse]
  ) {
    guard let bom = bomInForce(product: product, plant: plant, day: day) else { return }
    for component in bom.components {
      let wanted = quantity * component.total / Self.one
      let scrap = quantity * component.scrap / Self.one
      if component.part < materials.lowerBound {
        explode(component.part, wanted, plant, day, into: &uses)
      } else if let at = uses.firstIndex(where: { $0.part == component.part }) {
        uses[at].total += wanted
        uses[at].scrap += scrap
      } else {
        uses.append(SampleUse(part: component.part, total: wanted, scrap: scrap))
      }
    }
  }
}

/// What a quantity of a product asks of a part, waste and scrap included, in millionths.
struct SampleUse {
  let part: Int
  var total: Int64
  /// What of the total becomes scrap of the part itself.
  var scrap: Int64
}
