import Auditor

extension RuleScenarios {
  /// Two of M in a P, half a unit lost, a quarter left as scrap: four take eight, two and one.
  private static let radio = [
    part("M"), part("P", kind: "product"), bom("P", [("M", "2", "0.5", "0.25")]),
  ]

  /// Accounts of scrap (Methodology, "Desperdicio").
  static let scrap = [
    Scenario(
      "what a discharge leaves as scrap is owed, under the entry that it came by",
      radio + [
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "20", value: "200")]),
        pedimento(number(2), "RT", on: "2024-02-10", [line(1, "P", "4", finished: true)]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,20,9"],
      descargos: ["A,\(number(2)),1,M,P,\(number(1)),1,8,2,1"],
      desperdicios: ["A,M,\(number(1)),1,2024-01-10,1,0,1"]),
    Scenario(
      "an act takes the oldest scrap first, and nothing of what is on hand",
      radio + [
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "11")]),
        pedimento(number(2), "IN", on: "2024-01-11", [line(1, "M", "50")]),
        pedimento(number(3), "RT", on: "2024-02-10", [line(1, "P", "4", finished: true)]),
        pedimento(number(4), "RT", on: "2024-02-11", [line(1, "P", "4", finished: true)]),
        act("ACTA-1", on: "2024-03-01", scrap: true, [(1, "M", "1.5")]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,11,0",
        "A,M,\(number(2)),1,2024-01-11,2025-07-11,50,39",
      ],
      descargos: [
        "A,\(number(3)),1,M,P,\(number(1)),1,8,2,1", "A,\(number(4)),1,M,P,\(number(2)),1,8,2,1",
      ],
      desperdicios: [
        "A,M,\(number(1)),1,2024-01-10,1,1,0", "A,M,\(number(2)),1,2024-01-11,1,0.5,0.5",
      ],
      disposiciones: [
        "A,ACTA-1,1,M,\(number(1)),1,1", "A,ACTA-1,1,M,\(number(2)),1,0.5",
      ]),
    Scenario(
      "what is disposed of beyond the scrap that there is, is a shortage",
      radio + [
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "100")]),
        pedimento(number(2), "RT", on: "2024-02-10", [line(1, "P", "4", finished: true)]),
        act("ACTA-1", on: "2024-03-01", scrap: true, [(1, "M", "3")]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,100,89"],
      descargos: ["A,\(number(2)),1,M,P,\(number(1)),1,8,2,1"],
      desperdicios: ["A,M,\(number(1)),1,2024-01-10,1,1,0"],
      disposiciones: ["A,ACTA-1,1,M,\(number(1)),1,1"], sinDesperdicio: ["A,ACTA-1,1,M,2"]),
    Scenario(
      "scrap is there after the discharge that left it, within one document too",
      radio + [
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "100")]),
        pedimento(number(2), "F4", on: "2024-02-09", [line(1, "M", "0.5", scrap: true)]),
        pedimento(
          number(3), "RT", on: "2024-02-10",
          [
            line(1, "M", "0.25", scrap: true), line(2, "P", "4", finished: true),
            line(3, "M", "0.75", scrap: true),
          ]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,100,89"],
      descargos: ["A,\(number(3)),2,M,P,\(number(1)),1,8,2,1"],
      desperdicios: ["A,M,\(number(1)),1,2024-01-10,1,0.75,0.25"],
      disposiciones: ["A,\(number(3)),3,M,\(number(1)),1,0.75"],
      sinDesperdicio: ["A,\(number(2)),1,M,0.5", "A,\(number(3)),1,M,0.25"]),
    Scenario(
      "a disposal that names an entry takes the scrap of that entry",
      radio + [
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "11")]),
        pedimento(number(2), "IN", on: "2024-01-11", [line(3, "M", "11")]),
        pedimento(number(3), "RT", on: "2024-02-10", [line(1, "P", "8", finished: true)]),
        pedimento(
          number(4), "V9", on: "2024-03-01",
          [line(1, "M", "0.4", scrap: true, discharges: [(number(2), 3)])]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,11,0",
        "A,M,\(number(2)),3,2024-01-11,2025-07-11,11,0",
      ],
      // Sixteen incorporated, four lost, two left: the scrap is all of the second entry.
      descargos: [
        "A,\(number(3)),1,M,P,\(number(1)),1,11,0,0", "A,\(number(3)),1,M,P,\(number(2)),3,5,4,2",
      ],
      desperdicios: ["A,M,\(number(2)),3,2024-01-11,2,0.4,1.6"],
      disposiciones: ["A,\(number(4)),1,M,\(number(2)),3,0.4"]),
    Scenario(
      "what a discharge did not get leaves no scrap",
      radio + [
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10.5")]),
        pedimento(number(2), "RT", on: "2024-02-10", [line(1, "P", "4", finished: true)]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,10.5,0"],
      descargos: ["A,\(number(2)),1,M,P,\(number(1)),1,8,2,0.5"],
      faltantes: ["A,\(number(2)),1,M,0.5"],
      desperdicios: ["A,M,\(number(1)),1,2024-01-10,0.5,0,0.5"]),
    Scenario(
      "scrap has no time limit",
      radio + [
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "20")]),
        pedimento(number(2), "RT", on: "2024-02-10", [line(1, "P", "4", finished: true)]),
        act("ACTA-1", on: "2026-02-01", scrap: true, [(1, "M", "1")]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,20,9"],
      descargos: ["A,\(number(2)),1,M,P,\(number(1)),1,8,2,1"],
      desperdicios: ["A,M,\(number(1)),1,2024-01-10,1,1,0"],
      disposiciones: ["A,ACTA-1,1,M,\(number(1)),1,1"]),
    Scenario(
      "scrap is worth its share of the discharge, and its disposals a share of that",
      radio + [
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "11", value: "10")]),
        pedimento(number(2), "RT", on: "2024-02-10", [line(1, "P", "4", finished: true)]),
        act("ACTA-1", on: "2024-03-01", scrap: true, [(1, "M", "0.5")]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,11,0"],
      descargos: ["A,\(number(2)),1,M,P,\(number(1)),1,8,2,1"], dischargeValues: ["10"],
      desperdicios: ["A,M,\(number(1)),1,2024-01-10,1,0.5,0.5"],
      disposiciones: ["A,ACTA-1,1,M,\(number(1)),1,0.5"],
      // A tenth of eleven is 0.909; half of 0.91 is 0.455, rounded up.
      scrapValues: ["0.91,0.45"], disposalValues: ["0.46"]),
    Scenario(
      "lots of one entry that came by two moves leave one lot of scrap",
      radio + [
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "20")]),
        move("MV-1", at: "2024-01-20T12:00:00Z", from: "A", to: "B", "M", "10.25"),
        move("MV-2", at: "2024-01-21T12:00:00Z", from: "A", to: "B", "M", "9.75"),
        pedimento(number(2), "RT", on: "2024-02-10", at: "B", [line(1, "P", "4", finished: true)]),
        act("ACTA-1", on: "2024-03-01", at: "B", scrap: true, [(1, "M", "1")]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,20,0",
        "B,M,\(number(1)),1,2024-01-10,2025-07-10,20,9",
      ],
      descargos: ["B,\(number(2)),1,M,P,\(number(1)),1,8,2,1"],
      desperdicios: ["B,M,\(number(1)),1,2024-01-10,1,1,0"],
      disposiciones: ["B,ACTA-1,1,M,\(number(1)),1,1"]),
    Scenario(
      "only a return, F4, V9 and an act dispose of scrap, and only of what is not finished",
      radio + [
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "20", scrap: true)]),
        pedimento(number(2), "RT", on: "2024-02-10", [line(1, "P", "4", finished: true)]),
        pedimento(number(3), "F5", on: "2024-02-11", [line(1, "M", "1", scrap: true)]),
        pedimento(number(4), "A3", on: "2024-02-11", [line(1, "M", "1", scrap: true)]),
        document(number(5), "V1", "export", on: "2024-02-11", [line(1, "M", "1", scrap: true)]),
        pedimento(
          number(6), "RT", on: "2024-02-11", [line(1, "P", "1", finished: true, scrap: true)]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,20,9"],
      descargos: ["A,\(number(2)),1,M,P,\(number(1)),1,8,2,1"],
      desperdicios: ["A,M,\(number(1)),1,2024-01-10,1,0,1"]),
    Scenario(
      "a rectified entry leaves its scrap under the number that counts",
      radio + [
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "20")]),
        pedimento(number(2), "RT", on: "2024-02-10", [line(1, "P", "4", finished: true)]),
        act("ACTA-1", on: "2024-03-01", scrap: true, [(1, "M", "1")]),
        document(
          number(3), "R1", "import", on: "2024-04-01", rectifies: number(1), [line(2, "M", "30")]),
      ],
      saldos: ["A,M,\(number(3)),2,2024-01-10,2025-07-10,30,19"],
      descargos: ["A,\(number(2)),1,M,P,\(number(3)),2,8,2,1"],
      desperdicios: ["A,M,\(number(3)),2,2024-01-10,1,1,0"],
      disposiciones: ["A,ACTA-1,1,M,\(number(3)),2,1"]),
  ]
}
