from marelle.config.cli import main

main()
