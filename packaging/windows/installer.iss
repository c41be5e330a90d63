; Installer for Windows x64, per machine. Not tried; see README.md. build.ps1 calls: ISCC /DVersion=0.3.0 installer.iss
; Profiles live in each user's %LOCALAPPDATA%; neither an upgrade nor an uninstall touches them.
#ifndef Version
  #error Version is missing: call build.ps1
#endif

[Setup]
AppId={{7B0D6C1E-5A0C-4C55-9E0B-3C8A4E0D2F61}
AppName=现场执法
AppVersion={#Version}
AppVerName=现场执法 {#Version}
DefaultDirName={autopf}\field-inspector
DefaultGroupName=现场执法
DisableProgramGroupPage=yes
PrivilegesRequired=admin
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\package\field-inspector.ico
UninstallDisplayIcon={app}\field-inspector-window.exe
OutputDir=..\..\build\package
OutputBaseFilename=field-inspector_{#Version}_x64
Compression=lzma2/normal
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes

[Languages]
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[Files]
Source: "..\..\build\package\frozen\field-inspector\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "..\..\docs\third-party.md"; DestDir: "{app}"
Source: "..\..\LICENSE"; DestDir: "{app}"
Source: "..\..\build\package\fonts-source\*"; DestDir: "{app}\fonts-source"; Flags: recursesubdirs

[InstallDelete]
; An older version's libraries must not lie beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\现场执法"; Filename: "{app}\field-inspector-window.exe"
Name: "{commondesktop}\现场执法"; Filename: "{app}\field-inspector-window.exe"; Tasks: desktop

[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"

[Run]
Filename: "{app}\field-inspector.exe"; Parameters: "--self-check"; Flags: runhidden
Filename: "{app}\field-inspector-window.exe"; Description: "{cm:LaunchProgram,现场执法}"; Flags: nowait postinstall skipifsilent
