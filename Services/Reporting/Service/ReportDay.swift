import Foundation
import Ledger

/// The day against which time limits are held: the one that was asked for, or else the day that it
/// is now, at each plant by the clocks there.
public struct ReportDay: Sendable {
  /// Where nothing says otherwise.
  let usual: CalendarDate
  /// The plants at which it is another day, and the companies of which all plants have it.
  private var plants: [String: CalendarDate] = [:]
  private var companies: [String: CalendarDate] = [:]

  /// The zone of plants that name none.
  public static let usualZone = "America/Mexico_City"

  /// - Parameters:
  ///   - day: the day that was asked for; nil for today.
  ///   - now: the moment that today is of.
  init(_ day: CalendarDate?, now: Instant, _ names: CatalogNames) {
    guard day == nil else {
      usual = day ?? CalendarDate(days: 0)
      return
    }
    let usual = Self.day(of: now, in: Self.usualZone)
    self.usual = usual
    var zones: [String: CalendarDate] = ["": usual]
    var days: [String: Set<CalendarDate>] = [:]
    for (plant, place) in names.places {
      let day = zones[place.zone] ?? Self.day(of: now, in: place.zone)
      zones[place.zone] = day
      if day != usual { plants[plant] = day }
      days[place.rfc, default: []].insert(day)
    }
    for (rfc, days) in days where days.count == 1 {
      if let day = days.first, day != usual { companies[rfc] = day }
    }
  }

  /// The same for a data folder; what of it is not there says nothing.
  ///
  /// - Throws: ``ReportingError``.
  public init(_ day: CalendarDate?, now: Instant, dataDirectory: String) throws {
    let stores = try ReportStores(dataDirectory: dataDirectory, models: [.catalog])
    self.init(day, now: now, try CatalogNames(stores[.catalog]))
  }

  /// The same for the same days.
  var mark: String {
    let days = plants.sorted { CodePoints.precedes($0.key, $1.key) }.map { "\($0)=\($1)" }
    return (["\(usual)"] + days).joined(separator: " ")
  }

  /// The day at a plant.
  func at(plant: UnsafeRawBufferPointer) -> CalendarDate {
    plants.isEmpty ? usual : plants[plant.text] ?? usual
  }

  /// The day of a company: the usual one where its plants are not of one mind.
  public func of(company rfc: String) -> CalendarDate { companies[rfc] ?? usual }

  /// The day that it is at a moment in a zone (IANA); in the usual one where there is no such.
  static func day(of moment: Instant, in zone: String) -> CalendarDate {
    let (seconds, rest) = moment.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    let whole = rest < 0 ? seconds - 1 : seconds
    let zone = TimeZone(identifier: zone) ?? TimeZone(identifier: usualZone)
    let date = Date(timeIntervalSince1970: .init(whole))
    // Without any zone the central one's standard time.
    let local = whole + Int64(zone?.secondsFromGMT(for: date) ?? -21_600)
    let (days, left) = local.quotientAndRemainder(dividingBy: 86_400)
    return CalendarDate(days: Int32(truncatingIfNeeded: left < 0 ? days - 1 : days))
  }
}
