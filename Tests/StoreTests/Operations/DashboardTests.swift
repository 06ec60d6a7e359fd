import Foundation
import Testing

@testable import ServiceRuntime

/// The dashboard asks for what the services expose, and for all of it that is Saldo's own.
@Suite struct DashboardTests {
  private struct Dashboard: Decodable {
    struct Panel: Decodable {
      struct Target: Decodable { var expr: String }
      struct Place: Decodable { var x, y, w, h: Int }
      var id: Int
      var title: String
      var type: String
      var targets: [Target]?
      var gridPos: Place
    }
    var title: String
    var uid: String
    var panels: [Panel]
  }

  private func dashboard() throws -> Dashboard {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "Services/Reporting/Dashboards/saldo.json")
    return try JSONDecoder().decode(Dashboard.self, from: try Data(contentsOf: file))
  }

  private func metrics(in expression: String) -> [String] {
    expression.matches(of: /\b(saldo|process)_[a-z_]+\b/).map { String($0.0) }
  }

  @Test func everyMetricThatItQueriesIsExposed() throws {
    let samples = Metric.allCases.flatMap { metric in
      metric.kind == .histogram
        ? ["_bucket", "_sum", "_count"].map { metric.rawValue + $0 } : [metric.rawValue]
    }
    let queried = try dashboard().panels.flatMap { $0.targets ?? [] }.flatMap {
      metrics(in: $0.expr)
    }
    #expect(Set(queried).subtracting(samples) == [])
    let stems = Set(queried.map { $0.replacing(/_(bucket|sum|count)$/, with: "") })
    #expect(Set(Metric.allCases.map(\.rawValue)).subtracting(stems) == [])
  }

  @Test func everyPanelHasItsPlaceAndAQuery() throws {
    let panels = try dashboard().panels
    #expect(Set(panels.map(\.id)).count == panels.count)
    for panel in panels where panel.type != "row" {
      #expect(!(panel.targets ?? []).isEmpty && !panel.title.isEmpty, "\(panel.title)")
      #expect(panel.gridPos.x + panel.gridPos.w <= 24)
    }
    for (a, b) in panels.indices.flatMap({ a in panels.indices.map { (a, $0) } }) where a < b {
      let (a, b) = (panels[a].gridPos, panels[b].gridPos)
      let apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y
      #expect(apart, "\(a) \(b)")
    }
  }
}
