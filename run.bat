@echo off
chcp 65001 >nul
cd /d "%~dp0"
set PYTHONUTF8=1
where py >nul 2>nul && (py -3 run.py %*) || (python run.py %*)
if errorlevel 1 pause
