import ServiceRuntime

public enum ReportingService {
  public static func stages() -> [Stage] { [] }
}
