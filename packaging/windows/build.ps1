# Builds the Windows installer from this tree. Not tried; see README.md.
#   packaging\windows\build.ps1 [-Python py] [-Compiler path\to\ISCC.exe]
param(
    [string]$Python = "py",
    [string]$Compiler = "${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe"
)
$ErrorActionPreference = "Stop"
Set-StrictMode -Version Latest
Set-Location (Join-Path $PSScriptRoot "..\..")

function Invoke-Checked {
    param([string]$Program, [string[]]$Words)
    & $Program @Words
    if ($LASTEXITCODE -ne 0) { throw "$Program $($Words -join ' ') ended with $LASTEXITCODE" }
}

$venv = ".venv\Scripts\python.exe"
if (-not (Test-Path $venv)) { Invoke-Checked $Python @("-3.11", "-m", "venv", ".venv") }
Invoke-Checked $venv @("-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--require-hashes",
    "--only-binary", ":all:", "-r", "requirements.lock")
Invoke-Checked $venv @("packaging\convert_fonts.py", "check")

$out = "build\package"
New-Item -ItemType Directory -Force "$out\fonts-source" | Out-Null
Invoke-Checked $venv @("packaging\draw_icons.py", "$out\icons", "--ico", "$out\field-inspector.ico")
Invoke-Checked $venv @("packaging\convert_fonts.py", "originals", "$out\fonts-source")
Copy-Item packaging\convert_fonts.py, resources\fonts\fonts.json "$out\fonts-source"

$env:PYTHONHASHSEED = "1"
Invoke-Checked $venv @("-m", "PyInstaller", "--noconfirm", "--distpath", "$out\frozen", "--workpath", "$out\pyinstaller",
    "packaging\field-inspector.spec")
Invoke-Checked "$out\frozen\field-inspector\field-inspector.exe" @("--self-check")

$version = (Select-String -Path inspector\version.py -Pattern '^VERSION = "(.*)"$').Matches[0].Groups[1].Value
Invoke-Checked $Compiler @("/DVersion=$version", "packaging\windows\installer.iss")
Get-ChildItem "$out\field-inspector_${version}_x64.exe"
