from marelle.config.cli import main

if __name__ == "__main__":  # The server starts its processes by importing this file again.
    main()
