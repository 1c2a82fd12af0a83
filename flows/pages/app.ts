import type { ApiBehindPage } from '../../measure/browser/api-behind-page.ts';
import type { Screen } from '../../measure/steps/screen.ts';
import { AbsencesPage } from './absences.ts';
import { AdminDashboardPage } from './admin-dashboard.ts';
import { AnalyticsPage } from './analytics.ts';
import { ApiObserver } from './api-observer.ts';
import { CallHubPage } from './call-hub.ts';
import { CompliancePage } from './compliance.ts';
import { DashboardPage } from './dashboard.ts';
import { LaboratoryPage } from './laboratory.ts';
import { LoginPage } from './login.ts';
import { MySchedulePage } from './my-schedule.ts';
import { Navigation } from './navigation.ts';
import { OperationsPage } from './operations.ts';
import { PeoplePage } from './people.ts';
import { ResilienceHubPage } from './resilience-hub.ts';
import { RotationsPage } from './rotations.ts';
import { SchedulePage } from './schedule.ts';
import { ScheduleDraftsPage } from './schedule-drafts.ts';
import { SettingsPage } from './settings.ts';
import { SwapActionsPage } from './swap-actions.ts';
import { SwapsPage } from './swaps.ts';
import { SystemHealthPage } from './system-health.ts';
import { TargetApi } from './target-api.ts';
import { UsersPage } from './users.ts';

/** The application as its user meets it: one object a page. */
export class App {
  readonly navigation: Navigation;
  readonly login: LoginPage;
  readonly dashboard: DashboardPage;
  readonly mySchedule: MySchedulePage;
  readonly schedule: SchedulePage;
  readonly absences: AbsencesPage;
  readonly swaps: SwapsPage;
  readonly swapActions: SwapActionsPage;
  readonly analytics: AnalyticsPage;
  readonly operations: OperationsPage;
  readonly people: PeoplePage;
  readonly users: UsersPage;
  readonly adminDashboard: AdminDashboardPage;
  readonly systemHealth: SystemHealthPage;
  readonly rotations: RotationsPage;
  readonly settings: SettingsPage;
  readonly compliance: CompliancePage;
  readonly callHub: CallHubPage;
  readonly resilienceHub: ResilienceHubPage;
  readonly scheduleDrafts: ScheduleDraftsPage;

  readonly laboratory: LaboratoryPage;
  /** What no page offers. */
  readonly api: TargetApi;

  constructor(screen: Screen, api: ApiBehindPage) {
    this.navigation = new Navigation(screen);
    this.login = new LoginPage(screen, this.navigation);
    this.dashboard = new DashboardPage(screen, this.navigation);
    this.mySchedule = new MySchedulePage(screen, this.navigation);
    this.schedule = new SchedulePage(screen, this.navigation);
    this.absences = new AbsencesPage(screen, this.navigation, new ApiObserver(screen.page));
    this.swaps = new SwapsPage(screen, this.navigation);
    this.swapActions = new SwapActionsPage(screen, this.navigation);
    this.analytics = new AnalyticsPage(screen, this.navigation);
    this.operations = new OperationsPage(screen, this.navigation);
    this.users = new UsersPage(screen, this.navigation);
    this.adminDashboard = new AdminDashboardPage(screen, this.navigation);
    this.systemHealth = new SystemHealthPage(screen, this.navigation);
    this.rotations = new RotationsPage(screen, this.navigation);
    this.settings = new SettingsPage(screen, this.navigation);
    this.people = new PeoplePage(screen, this.navigation);
    this.compliance = new CompliancePage(screen, this.navigation);
    this.callHub = new CallHubPage(screen, this.navigation);
    this.resilienceHub = new ResilienceHubPage(screen, this.navigation);
    this.scheduleDrafts = new ScheduleDraftsPage(screen, this.navigation);
    this.laboratory = new LaboratoryPage(screen, this.navigation);
    this.api = new TargetApi(api);
  }
}
