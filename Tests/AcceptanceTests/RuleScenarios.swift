import Auditor

/// Small cases, computed by hand, of the rules that the scenarios with files do not reach. They
/// hold for the product as they do for the auditor.
enum RuleScenarios {
  static let all =
    quantities + billsOfMaterials + limits + rectifications + order + values + waiting + moves
    + chains + scrap
}

extension RuleScenarios {
  /// Rules.md#R2.2: half up at six decimals, once, when a quantity enters the books.
  static let quantities = [
    Scenario(
      "half a millionth rounds up, less than half rounds down",
      [
        part("M", factors: [14: "0.000001"]),
        pedimento(
          number(1), "IN", on: "2024-01-10",
          [line(1, "M", "1.5", uom: 14), line(2, "M", "1.49", uom: 14)]),
        pedimento(number(2), "RT", on: "2024-02-10", [line(1, "M", "1.5", uom: 14)]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,0.000002,0",
        "A,M,\(number(1)),2,2024-01-10,2025-07-10,0.000001,0.000001",
      ],
      descargos: ["A,\(number(2)),1,M,,\(number(1)),1,0.000002,0,0"]),
    Scenario(
      "the same part twice within a line adds up before it is rounded",
      [
        part("M", factors: [14: "0.000001"]),
        pedimento(
          number(1), "IN", on: "2024-01-10",
          [
            line(1, "M", "0.4", uom: 14, value: "10.5"), line(1, "M", "0.4", uom: 14, value: "1"),
            line(1, "M", "7", value: "0.5"),
          ]),
        pedimento(
          number(2), "RT", on: "2024-02-10", [line(1, "M", "2"), line(1, "M", "0.4", uom: 14)]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,7.000001,5.000001"],
      descargos: ["A,\(number(2)),1,M,,\(number(1)),1,2,0,0"],
      dischargeValues: ["3.43"], balanceValues: ["8.57"]),
    Scenario(
      "a decimal may come as a JSON number, and is read exactly",
      [
        part("M"),
        pedimento(
          number(1), "IN", on: "2024-01-10",
          [
            line(1, "M", "12345678901.123457").replacing(
              "\"12345678901.123457\"", with: "12345678901.123457")
          ]),
        pedimento(
          number(2), "RT", on: "2024-02-10",
          [line(1, "M", "0.3").replacing("\"0.3\"", with: "3e-1")]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,12345678901.123457,12345678900.823457"],
      descargos: ["A,\(number(2)),1,M,,\(number(1)),1,0.3,0,0"]),
    Scenario(
      "two parts under one line number are two lots",
      [
        part("M"), part("N"),
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "N", "3"), line(1, "M", "2")]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,2,2",
        "A,N,\(number(1)),1,2024-01-10,2025-07-10,3,3",
      ]),
    Scenario(
      "incorporated is taken before waste, and waste before scrap",
      [
        part("M"), part("P", kind: "product"), bom("P", [("M", "2", "0.5", "0.25")]),
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "9")]),
        pedimento(number(2), "IN", on: "2024-01-11", [line(1, "M", "1.5")]),
        pedimento(number(3), "RT", on: "2024-02-10", [line(1, "P", "4", finished: true)]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,9,0",
        "A,M,\(number(2)),1,2024-01-11,2025-07-11,1.5,0",
      ],
      descargos: [
        "A,\(number(3)),1,M,P,\(number(1)),1,8,1,0", "A,\(number(3)),1,M,P,\(number(2)),1,0,1,0.5",
      ],
      faltantes: ["A,\(number(3)),1,M,0.5"]),
  ]

  /// Rules.md#R4.1.
  static let billsOfMaterials = [
    Scenario(
      "a plant's own BOM is before a later general one, at that plant only",
      bomCase([
        bom("P", from: "2024-01-01", at: "A", [("M", "2", "0", "0")]),
        bom("P", version: "B", from: "2024-02-01", [("M", "3", "0", "0")]),
        bom("P", version: "C", from: "2024-02-02", at: "B", [("M", "4", "0", "0")]),
      ]), saldos: [bomSaldo("98")], descargos: [bomDescargo("2")]),
    Scenario(
      "of two BOMs of one day the greater version by code point",
      bomCase([
        bom("P", version: "9", [("M", "2", "0", "0")]),
        bom("P", version: "10", [("M", "3", "0", "0")]),
        bom("P", version: "1a", [("M", "4", "0", "0")]),
      ]), saldos: [bomSaldo("98")], descargos: [bomDescargo("2")]),
    Scenario(
      "a BOM is in force from the day that it names",
      bomCase([
        bom("P", version: "Z", from: "2024-01-01", [("M", "2", "0", "0")]),
        bom("P", version: "A", from: "2024-03-01", [("M", "3", "0", "0")]),
        bom("P", version: "B", from: "2024-03-02", [("M", "4", "0", "0")]),
      ]), saldos: [bomSaldo("97")], descargos: [bomDescargo("3")]),
    Scenario(
      "a version of a BOM sent again replaces it, at its own plant",
      bomCase([
        bom("P", [("M", "2", "0", "0")]).sent("2024-01-03T00:00:00Z", id: "b-1"),
        bom("P", [("M", "3", "0", "0")]).sent("2024-01-02T00:00:00Z", id: "b-2"),
        bom("P", at: "B", [("M", "4", "0", "0")]).sent("2024-01-04T00:00:00Z", id: "b-3"),
      ]), saldos: [bomSaldo("98")], descargos: [bomDescargo("2")]),
    Scenario(
      "a component that has a BOM is exploded whole, and all paths add up before rounding",
      [
        part("M"), part("N"), part("P", kind: "product"),
        bom("P", [("S", "1", "0.5", "0.5"), ("M", "0.0000004", "0", "0"), ("N", "1", "0", "0")]),
        bom("S", [("M", "0.0000002", "0.0000003", "0")]),
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "1"), line(2, "N", "1")]),
        pedimento(number(2), "RT", on: "2024-03-01", [line(1, "P", "1", finished: true)]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,1,0.999998",
        "A,N,\(number(1)),2,2024-01-10,2025-07-10,1,0",
      ],
      descargos: [
        // M: 0.0000004 + 2 × 0.0000002 = 0.0000008 incorporated, 2 × 0.0000003 waste.
        "A,\(number(2)),1,M,P,\(number(1)),1,0.000001,0.000001,0",
        "A,\(number(2)),1,N,P,\(number(1)),2,1,0,0",
      ]),
    Scenario(
      "a component of which nothing stays in the product and some is lost",
      [
        part("M"), part("OIL"), part("P", kind: "product"),
        bom("P", [("M", "2", "0", "0"), ("OIL", "0", "0.05", "0")]),
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "100"), line(2, "OIL", "50")]),
        pedimento(number(2), "RT", on: "2024-03-01", [line(1, "P", "10", finished: true)]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,100,80",
        "A,OIL,\(number(1)),2,2024-01-10,2025-07-10,50,49.5",
      ],
      descargos: [
        "A,\(number(2)),1,M,P,\(number(1)),1,20,0,0",
        "A,\(number(2)),1,OIL,P,\(number(1)),2,0,0.5,0",
      ]),
    Scenario(
      "products of many decimals are exact over all levels, and rounded once",
      [
        part("M"), part("P", kind: "product"), part("Q", kind: "product"),
        bom("P", [("P1", "0.30000000000000004", "0", "0")]),
        bom("P1", [("P2", "0.30000000000000004", "0", "0")]),
        bom("P2", [("M", "0.30000000000000004", "0", "0")]),
        bom("Q", [("Q1", "1.083333", "0", "0")]),
      ]
        + (1..<6).map { bom("Q\($0)", [("Q\($0 + 1)", "1.083333", "0", "0")]) }
        + [
          bom("Q6", [("M", "1.083333", "0", "0")]),
          pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "1000")]),
          pedimento(
            number(2), "RT", on: "2024-03-01",
            [line(1, "P", "100", finished: true), line(2, "Q", "100", finished: true)]),
        ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,1000,822.180782"],
      descargos: [
        "A,\(number(2)),1,M,P,\(number(1)),1,2.7,0,0",
        // 100 × 1.083333^7
        "A,\(number(2)),2,M,Q,\(number(1)),1,175.119218,0,0",
      ]),
    Scenario(
      "two products within one line ask for their common component apart, in order of component",
      [
        part("K"), part("M"), part("P1", kind: "product"), part("P2", kind: "product"),
        bom("P1", [("M", "3", "0", "0"), ("K", "1", "0", "0")]), bom("P2", [("M", "4", "0", "0")]),
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "5"), line(2, "K", "1")]),
        pedimento(
          number(2), "RT", on: "2024-03-01",
          [line(1, "P1", "1", finished: true), line(1, "P2", "1", finished: true)]),
      ],
      saldos: [
        "A,K,\(number(1)),2,2024-01-10,2025-07-10,1,0",
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,5,0",
      ],
      descargos: [
        "A,\(number(2)),1,K,P1,\(number(1)),2,1,0,0",
        // M is the second component of P1 and the first of P2, so P2 is served first.
        "A,\(number(2)),1,M,P1,\(number(1)),1,1,0,0", "A,\(number(2)),1,M,P2,\(number(1)),1,4,0,0",
      ],
      faltantes: ["A,\(number(2)),1,M,2"]),
    Scenario(
      "with the same key the lesser product is served first, and a line's own part before both",
      [
        part("M"), part("P1", kind: "product"), part("P2", kind: "product"),
        bom("P1", [("M", "3", "0", "0")]), bom("P2", [("M", "4", "0", "0")]),
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "6")]),
        pedimento(
          number(2), "RT", on: "2024-03-01",
          [
            line(1, "P2", "1", finished: true), line(1, "P1", "1", finished: true),
            line(1, "M", "2"),
          ]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,6,0"],
      descargos: [
        "A,\(number(2)),1,M,,\(number(1)),1,2,0,0", "A,\(number(2)),1,M,P1,\(number(1)),1,3,0,0",
        "A,\(number(2)),1,M,P2,\(number(1)),1,1,0,0",
      ],
      faltantes: ["A,\(number(2)),1,M,3"]),
  ]

  /// A lot of 100 of M, and one P returned on 1 March.
  private static func bomCase(_ boms: [EventText]) -> [EventText] {
    [
      part("M"), part("P", kind: "product"),
      pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "100")]),
      pedimento(number(2), "RT", on: "2024-03-01", [line(1, "P", "1", finished: true)]),
    ] + boms
  }

  private static func bomSaldo(_ balance: String) -> String {
    "A,M,\(number(1)),1,2024-01-10,2025-07-10,100,\(balance)"
  }

  private static func bomDescargo(_ quantity: String) -> String {
    "A,\(number(2)),1,M,P,\(number(1)),1,\(quantity),0,0"
  }
}
